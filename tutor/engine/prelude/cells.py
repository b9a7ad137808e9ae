"""One step of recurrent cells; the gates stand in torch's order."""

from tutor.engine.prelude.define import function

_WEIGHTS = "w_ih, w_hh, b_ih=None, b_hh=None"
_FROM_INPUT = "linear(input, w_ih, b_ih)"
_FROM_HIDDEN = "linear(hidden, w_hh, b_hh)"
_GRU = f"""i = {_FROM_INPUT}
k = {_FROM_HIDDEN}
d = cols(hidden)
r = sigmoid(i[..., :d] + k[..., :d])
z = sigmoid(i[..., d:2*d] + k[..., d:2*d])
n = tanh(i[..., 2*d:] + r * k[..., 2*d:])
(1 - z) * n + z * hidden"""
_LSTM = f"""gates = {_FROM_INPUT} + {_FROM_HIDDEN}
d = cols(hidden)
c = sigmoid(gates[..., d:2*d]) * cell + sigmoid(gates[..., :d]) * tanh(gates[..., 2*d:3*d])
"""

CELLS = (
    function(
        f"rnn_cell(input, hidden, {_WEIGHTS})",
        "tanh(W_ih x + b_ih + W_hh h + b_hh)",
        f"tanh({_FROM_INPUT} + {_FROM_HIDDEN})",
    ),
    function(
        f"gru_cell(input, hidden, {_WEIGHTS})",
        "(1 - z) n + z h, the reset gate after the product, as torch",
        _GRU,
    ),
    function(
        f"lstm_cell_c(input, hidden, cell, {_WEIGHTS})",
        "the new cell state: f c + i g",
        _LSTM + "c",
    ),
    function(
        f"lstm_cell(input, hidden, cell, {_WEIGHTS})",
        "the new hidden state: o tanh(c)",
        _LSTM + "sigmoid(gates[..., 3*d:]) * tanh(c)",
    ),
)
