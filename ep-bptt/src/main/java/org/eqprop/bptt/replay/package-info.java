/** Replays reference trajectories and compares every tensor. */
@NullMarked
package org.eqprop.bptt.replay;

import org.jspecify.annotations.NullMarked;
