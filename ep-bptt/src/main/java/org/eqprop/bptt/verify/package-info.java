/**
 * Replays recorded reference trajectories and measures how far this program is from them.
 *
 * <p>{@link org.eqprop.bptt.verify.Float64Replay} looks at the reference code, {@link
 * org.eqprop.bptt.verify.Float32Replay} at the kernels that train. Both give a {@link
 * org.eqprop.bptt.verify.Deviation} for each group of tensors, with its tolerance.
 */
@NullMarked
package org.eqprop.bptt.verify;

import org.jspecify.annotations.NullMarked;
