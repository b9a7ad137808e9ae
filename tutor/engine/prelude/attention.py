"""Attention, its mask, and the encoding of places."""

from __future__ import annotations

from tutor.engine.prelude.define import Body, both, function, ranks, says

_MASKS = (
    (says(attn_mask=None, is_causal=False), ""),
    (says(attn_mask=..., is_causal=False), " + attn_mask"),
    (says(attn_mask=None, is_causal=True), " + causal_mask(rows(query))"),
)
_SCALES = ((says(scale=None), " / sqrt(cols(query))"), (says(scale=...), " * scale"))
_TRANSPOSED = ((2, "T(key)"), (3, "T(key, [0, 2, 1])"), (4, "T(key, [0, 1, 3, 2])"))


def _bodies() -> list[Body]:
    return [
        (
            f"scores = query @ {keys}{scale}{mask}\nsoftmax(scores, -1) @ value",
            both(ranks(query=rank), says(dropout_p=0), scaled, masked),
        )
        for rank, keys in _TRANSPOSED
        for scaled, scale in _SCALES
        for masked, mask in _MASKS
    ]


ATTENTION = (
    function(
        "causal_mask(n)",
        "0 where a row may look (itself and before), -inf after it; to be added",
        "where(arange(n)[None, :] > arange(n)[:, None], -inf, 0)",
    ),
    function(
        "scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0,"
        " is_causal=False, scale=None)",
        "softmax(Q K^T / sqrt(d) + mask) V, softmax over each row; the mask is added",
        *_bodies(),
    ),
    function(
        "positional_encoding(n, d, base=10000)",
        "sine and cosine interleaved",
        "place = arange(d)[None, :]\n"
        "angle = arange(n)[:, None] / base ** ((place - place % 2) / d)\n"
        "where(place % 2 == 0, sin(angle), cos(angle))",
    ),
)
