/**
 * Events of the JVM's flight recorder: predictions, batches of a training, the choice of kernels.
 */
@NullMarked
package org.eqprop.core.internal.event;

import org.jspecify.annotations.NullMarked;
