/**
 * The network as a graph of layers and connections with one scalar Φ, and the two settings it steps
 * in.
 */
@NullMarked
package org.eqprop.core.network;

import org.jspecify.annotations.NullMarked;
