/**
 * Replays reference trajectories and compares every tensor.
 *
 * <p>{@link org.eqprop.bptt.replay.ReferenceFile} reads a recorded trajectory, {@link
 * org.eqprop.bptt.replay.Replay} calculates it again in float64, and {@link
 * org.eqprop.bptt.replay.Differences} says how far apart they are. {@link
 * org.eqprop.bptt.replay.Coverage} says what of a file is compared at all.
 */
@NullMarked
package org.eqprop.bptt.replay;

import org.jspecify.annotations.NullMarked;
