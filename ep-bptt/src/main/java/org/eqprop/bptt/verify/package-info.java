/** Replays recorded reference trajectories and measures how far this program is from them. */
@NullMarked
package org.eqprop.bptt.verify;

import org.jspecify.annotations.NullMarked;
