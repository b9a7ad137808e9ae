"""Optimisers, one update each; where torch keeps a state, it is passed in and has its own name."""

from tutor.engine.prelude.define import function

OPTIMISERS = (
    function("sgd(w, g, lr)", "w - lr g", "w - lr * g"),
    function("momentum_v(v, g, mu=0.9)", "mu v + g, as torch", "mu * v + g"),
    function("momentum(w, v, g, lr, mu=0.9)", "w - lr (mu v + g)", "w - lr * momentum_v(v, g, mu)"),
    function("adam_m(m, g, beta1=0.9)", "the running mean of g", "beta1 * m + (1 - beta1) * g"),
    function(
        "adam_v(v, g, beta2=0.999)", "the running mean of g^2", "beta2 * v + (1 - beta2) * g**2"
    ),
    function(
        "adam_step(w, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8)",
        "w - lr m_hat / (sqrt(v_hat) + eps), from the m and v of this step t (counted from 1)",
        "m_hat = m / (1 - beta1**t)\n"
        "v_hat = v / (1 - beta2**t)\n"
        "w - lr * m_hat / (sqrt(v_hat) + eps)",
    ),
    function(
        "adam(w, g, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8)",
        "one whole update, from the m and v of the step before",
        "adam_step(w, adam_m(m, g, beta1), adam_v(v, g, beta2), t, lr, beta1, beta2, eps)",
    ),
    function(
        "rmsprop_v(v, g, alpha=0.99)", "the running mean of g^2", "alpha * v + (1 - alpha) * g**2"
    ),
    function(
        "rmsprop(w, g, v, lr=0.01, alpha=0.99, eps=1e-8)",
        "w - lr g / (sqrt(v) + eps)",
        "w - lr * g / (sqrt(rmsprop_v(v, g, alpha)) + eps)",
    ),
    function(
        "clip_grad_norm(g, max_norm)",
        "g, shortened to the length max_norm where it is longer",
        "g * minimum(1, max_norm / (sqrt(sum(g**2)) + 1e-6))",
    ),
)
