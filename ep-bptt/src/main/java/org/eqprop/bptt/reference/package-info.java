/**
 * Equilibrium propagation and backpropagation through time in float64, derived by automatic
 * differentiation from Φ and the cost alone: what the fast float32 code is measured against.
 *
 * {@snippet class="org.eqprop.bptt.snippets.Snippets" region="reference"}
 *
 * <p>A state is a list with one array for each layer that follows the dynamics, output first, of
 * samples × size, row-major. {@link org.eqprop.bptt.reference.Problem} is a network with samples,
 * {@link org.eqprop.bptt.reference.FreePhase} what it settles to, and a {@link
 * org.eqprop.bptt.reference.StepwiseGradient} goes on from there.
 */
@NullMarked
package org.eqprop.bptt.reference;

import org.jspecify.annotations.NullMarked;
