/**
 * Equilibrium propagation and backpropagation through time in float64, derived by automatic
 * differentiation from Φ and the cost alone: what the fast float32 code is measured against.
 *
 * <p>A state is a list with one array for each layer that follows the dynamics, output first, of
 * samples × size, row-major.
 */
@NullMarked
package org.eqprop.bptt.reference;

import org.jspecify.annotations.NullMarked;
