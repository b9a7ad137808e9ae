"""Activations, softmax and its logarithm."""

from tutor.engine.prelude.define import function, says

ACTIVATIONS = (
    function("sigmoid(input)", "1 / (1 + e^-x)", "1 / (1 + exp(-input))"),
    function("relu(input)", "max(x, 0)", "maximum(input, 0)"),
    function(
        "leaky_relu(input, negative_slope=0.01)",
        "x, or a small slope times x below 0",
        "where(input > 0, input, negative_slope * input)",
    ),
    function(
        "elu(input, alpha=1.0)",
        "x, or alpha (e^x - 1) below 0",
        "where(input > 0, input, alpha * (exp(input) - 1))",
    ),
    function(
        'gelu(input, approximate="none")',
        "x times the normal distribution function of x",
        ("0.5 * input * (1 + erf(input / sqrt(2)))", says(approximate="none")),
        (
            "0.5 * input * (1 + tanh(sqrt(2 / pi) * (input + 0.044715 * input**3)))",
            says(approximate="tanh"),
        ),
    ),
    function("silu(input)", "x sigmoid(x)", "input * sigmoid(input)"),
    function(
        "softplus(input, beta=1.0, threshold=20.0)",
        "ln(1 + e^x), x itself where it is large",
        "where(beta * input > threshold, input, ln(1 + exp(beta * input)) / beta)",
    ),
    function(
        "softmax(input, dim=-1)",
        "e^z over the sum of e^z",
        "exponentials = exp(input)\nexponentials / sum(exponentials, axis=dim, keepdims=True)",
        "exponentials = exp(input - max(input, axis=dim, keepdims=True))\n"
        "exponentials / sum(exponentials, axis=dim, keepdims=True)",
    ),
    function(
        "logsumexp(input, dim=-1, keepdim=False)",
        "ln of the sum of e^z",
        "ln(sum(exp(input), axis=dim, keepdims=keepdim))",
        "largest = max(input, axis=dim, keepdims=True)\n"
        "max(input, axis=dim, keepdims=keepdim)"
        " + ln(sum(exp(input - largest), axis=dim, keepdims=keepdim))",
    ),
    function(
        "log_softmax(input, dim=-1)",
        "ln of softmax, z - ln of the sum of e^z",
        "ln(softmax(input, dim))",
        "input - logsumexp(input, dim, True)",
    ),
)
