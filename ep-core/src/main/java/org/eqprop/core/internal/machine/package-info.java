/**
 * What the processor has: fused multiply-add, caches. For this project's own modules only; it may
 * change at any time.
 */
@NullMarked
package org.eqprop.core.internal.machine;

import org.jspecify.annotations.NullMarked;
