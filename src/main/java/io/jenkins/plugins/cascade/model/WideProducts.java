package io.jenkins.plugins.cascade.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Matrix products of bfloat16 operands on an x86 processor without AVX-512. libtorch has no kernel for them there and falls back to a loop that
 * is about nine times slower than its float32 product. The product of two bfloat16 numbers is exact in float32, so widened operands and a result
 * rounded to bfloat16 are what a bfloat16 unit computes, up to the order of the sum.
 */
final class WideProducts {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    /** With these oneDNN, which libtorch asks, multiplies bfloat16 itself. */
    private static final String FLAG = "avx512bw";

    private static final String PRODUCT =
            """
              # x [..., in] times weight [out, in]: bfloat16 operands are multiplied in float32, the result is bfloat16 again.
              def product(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]=None) -> Tensor:
                if torch.eq(ops.prim.dtype(x), 15):
                  y = torch.linear(torch.to(x, 6), torch.to(weight, 6))
                  if torch.__isnot__(bias, None):
                    added = unchecked_cast(Tensor, bias)
                    y = torch.add(y, added)
                  result = torch.to(y, 15)
                else:
                  result = torch.linear(x, weight, bias)
                return result
            """;

    private WideProducts() {}

    /** A decoder's program with its products widened, if it computes in bfloat16 on such a processor. */
    static String in(String program, Compute compute) {
        return compute.halved() && !compute.device().isGpu() && missing() ? widened(program) : program;
    }

    static String widened(String program) {
        return PRODUCT + program.replace("torch.linear(", "self.product(");
    }

    private static boolean missing() {
        if (!"amd64".equals(System.getProperty("os.arch"))) {
            return false;
        }
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith("flags")).findFirst().stream()
                    .noneMatch(line -> line.contains(" " + FLAG + " "));
        } catch (IOException e) {
            return false; // no Linux: libtorch's own way
        }
    }
}
