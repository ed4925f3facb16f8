/** Replays recorded reference trajectories and measures how far this program is from them. */
@NullMarked
package org.eqprop.examples.verify;

import org.jspecify.annotations.NullMarked;
