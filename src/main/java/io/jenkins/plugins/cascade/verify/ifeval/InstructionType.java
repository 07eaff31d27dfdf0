package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.Set;
import java.util.function.Function;

/**
 * A kind of instruction.
 *
 * @param factory makes an instruction of arguments, or refuses them
 * @param names the arguments it has
 */
record InstructionType(Function<Arguments, Instruction> factory, Set<String> names) {}
