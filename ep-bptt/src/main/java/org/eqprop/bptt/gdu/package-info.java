/**
 * How equal the gradients of equilibrium propagation and of backpropagation through time are, step
 * by step and in total (Section 4.1).
 *
 * {@snippet class="org.eqprop.bptt.snippets.Snippets" region="gdu"}
 *
 * <p>{@link org.eqprop.bptt.gdu.Gdu} compares, {@link org.eqprop.bptt.gdu.Comparison} has the
 * figures of each layer and parameter ({@link org.eqprop.bptt.gdu.RelMse} as the paper defines it),
 * and {@link org.eqprop.bptt.gdu.Alignment} compares any two gradients.
 */
@NullMarked
package org.eqprop.bptt.gdu;

import org.jspecify.annotations.NullMarked;
