/**
 * Backpropagation through time for training, in float32 on the operators of equilibrium
 * propagation. Memory grows with K, time with T + 2K; nothing allocates after construction.
 */
@NullMarked
package org.eqprop.bptt.learn;

import org.jspecify.annotations.NullMarked;
