package org.eqprop.bptt.tape;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.List;

/**
 * Real expressions of a tape, continued to complex values of some of their leaves: the same
 * operators over {@link ComplexAlgebra}. So a derivative that the tape found once is evaluated at
 * complex arguments, without a second formula. What depends on none of these leaves stays the real
 * expression that it is.
 */
public final class Continuation {
  private final ComplexAlgebra algebra;
  private final Int2ObjectOpenHashMap<ComplexNode> continued = new Int2ObjectOpenHashMap<>();

  /**
   * No leaf of {@code tape} is complex yet.
   *
   * @param tape records the operations
   */
  public Continuation(Tape tape) {
    algebra = new ComplexAlgebra(tape);
  }

  /**
   * Makes a leaf complex; to be called before expressions of it are continued.
   *
   * @param leaf a real leaf
   * @return the leaf that takes its place, zero until its parts are set
   */
  public ComplexNode variable(Node leaf) {
    if (leaf.operator() != Operator.Leaf.LEAF) {
      throw new IllegalArgumentException("Only a leaf can become complex, not " + leaf + ".");
    }
    ComplexNode variable = algebra.leaf(leaf.rows(), leaf.columns());
    continued.put(leaf.number(), variable);
    return variable;
  }

  /**
   * {@return the expression over complex values}
   *
   * @param node a real expression
   * @throws IllegalArgumentException in one sentence, if an operator that depends on a complex leaf
   *     is not holomorphic
   */
  public ComplexNode of(Node node) {
    ComplexNode known = continued.get(node.number());
    if (known != null) {
      return known;
    }
    List<ComplexNode> inputs = node.inputs().stream().map(this::of).toList();
    ComplexNode result =
        ComplexNode.real(inputs)
            ? algebra.real(node)
            : node.operator().continued(algebra, inputs, node);
    continued.put(node.number(), result);
    return result;
  }
}
