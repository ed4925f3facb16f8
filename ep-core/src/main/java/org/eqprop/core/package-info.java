/** Exceptions that all packages throw. */
@NullMarked
package org.eqprop.core;

import org.jspecify.annotations.NullMarked;
