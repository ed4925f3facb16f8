/**
 * The network as a graph of layers and connections with one scalar Φ, and the two settings it steps
 * in.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="network"}
 *
 * <ul>
 *   <li>{@link org.eqprop.core.network.Network} has the graph and the parameters; states are in
 *       {@link org.eqprop.core.network.State}, one row a sample. Layer 0 is the output, the last
 *       the input.
 *   <li>{@link org.eqprop.core.network.Prototypical} (Eq. 15) and {@link
 *       org.eqprop.core.network.EnergyBased} (Eq. 13) are the settings.
 *   <li>{@link org.eqprop.core.network.Connection} and {@link org.eqprop.core.network.Cost} are for
 *       parts of one's own. Each states its value once over {@link
 *       org.eqprop.core.network.Algebra}, and the library {@code ep-checks} holds the rest against
 *       that.
 * </ul>
 */
@NullMarked
package org.eqprop.core.network;

import org.jspecify.annotations.NullMarked;
