/**
 * Arrays with a layout: shapes, rows of samples, packed panels. Handles without arithmetic.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="tensor"}
 *
 * <p>{@link org.eqprop.core.tensor.Rows} has one padded row for each sample. {@link
 * org.eqprop.core.tensor.Panels} is a matrix as the products read it. Both share their storage with
 * who asks for it, and neither checks indices where that would cost time.
 */
@NullMarked
package org.eqprop.core.tensor;

import org.jspecify.annotations.NullMarked;
