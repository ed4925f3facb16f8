/** Training runs: presets, configuration, run folders, checkpoints. */
@NullMarked
package org.eqprop.examples.run;

import org.jspecify.annotations.NullMarked;
