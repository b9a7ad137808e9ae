"""Softmax, cross-entropy, convolution, attention ...: formulas of primitives.

Names, argument order and defaults are those of torch.nn.functional where it has the function.
"""

from __future__ import annotations

from tutor.engine.prelude.activations import ACTIVATIONS
from tutor.engine.prelude.attention import ATTENTION
from tutor.engine.prelude.cells import CELLS
from tutor.engine.prelude.layers import LAYERS
from tutor.engine.prelude.losses import LOSSES
from tutor.engine.prelude.normalising import NORMALISING
from tutor.engine.prelude.optimisers import OPTIMISERS

PRELUDE = {
    one.name: one
    for room in (ACTIVATIONS, LOSSES, LAYERS, NORMALISING, ATTENTION, CELLS, OPTIMISERS)
    for one in room
}
