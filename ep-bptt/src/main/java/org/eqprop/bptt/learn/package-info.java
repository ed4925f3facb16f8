/**
 * Backpropagation through time for training, in float32 on the operators of equilibrium
 * propagation. Memory grows with K, time with T + 2K; nothing allocates after construction.
 *
 * {@snippet class="org.eqprop.bptt.snippets.Snippets" region="learn"}
 *
 * <p>{@link org.eqprop.bptt.learn.RecurrentBackprop} stays in the steady state instead, and needs
 * the memory of one step only.
 */
@NullMarked
package org.eqprop.bptt.learn;

import org.jspecify.annotations.NullMarked;
