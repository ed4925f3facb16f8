/**
 * The data sets that networks are trained and tested on: where they are found, how they are read,
 * downloaded and split.
 *
 * <p>Start at {@link org.eqprop.examples.data.Datasets}. Images stay in memory as the bytes of
 * their file and become floats in [0, 1] when they are copied out; copying allocates nothing.
 *
 * <p>Whatever is wrong with a file, a folder or the network is reported as a {@link
 * org.eqprop.core.DataException}, whose message is one sentence for the user.
 */
@NullMarked
package org.eqprop.examples.data;

import org.jspecify.annotations.NullMarked;
