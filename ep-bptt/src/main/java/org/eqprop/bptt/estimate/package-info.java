/**
 * Estimators of the gradient of L in float64, to compare updates with: recurrent backprop,
 * real-time recurrent learning, its unbiased rank-one estimate, and holomorphic equilibrium
 * propagation. Each derives from the transition function F and from Φ alone.
 *
 * {@snippet class="org.eqprop.bptt.snippets.Snippets" region="estimate"}
 *
 * <p>Notation: s* = F(x, s*, θ) is the steady state, J = ∂F/∂s and D = ∂F/∂θ are the Jacobians,
 * both of the whole step with ε. Samples do not influence each other, so J has one block a sample.
 *
 * <p>All of them are a {@link org.eqprop.bptt.estimate.ParameterGradient}.
 */
@NullMarked
package org.eqprop.bptt.estimate;

import org.jspecify.annotations.NullMarked;
