/** Repeats the paper's tables: trains every cell several times and sets it beside the paper's. */
@NullMarked
package org.eqprop.examples.reproduce;

import org.jspecify.annotations.NullMarked;
