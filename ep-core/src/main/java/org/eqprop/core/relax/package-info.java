/** Settling: the free and the nudged phase of a batch, and the threads that do it. */
@NullMarked
package org.eqprop.core.relax;

import org.jspecify.annotations.NullMarked;
