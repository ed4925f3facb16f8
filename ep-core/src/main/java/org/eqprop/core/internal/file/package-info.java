/**
 * Files and texts from outside: written whole or not at all, read within bounds, shown without
 * control characters. For this project's own modules only; it may change at any time.
 */
@NullMarked
package org.eqprop.core.internal.file;

import org.jspecify.annotations.NullMarked;
