/** Settling: the free and the nudged phase of a batch, and the threads that do it. */
@NullMarked
package org.eqprop.core.settle;

import org.jspecify.annotations.NullMarked;
