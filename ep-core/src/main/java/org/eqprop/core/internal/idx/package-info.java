/** Reads files in the IDX format of MNIST. */
@NullMarked
package org.eqprop.core.internal.idx;

import org.jspecify.annotations.NullMarked;
