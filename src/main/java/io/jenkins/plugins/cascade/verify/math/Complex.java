package io.jenkins.plugins.cascade.verify.math;

/** A complex number in double precision; functions take their principal branch. */
record Complex(double re, double im) {

    static final Complex ZERO = new Complex(0, 0);
    static final Complex ONE = new Complex(1, 0);
    static final Complex I = new Complex(0, 1);

    static Complex real(double value) {
        return new Complex(value, 0);
    }

    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex over(Complex other) {
        double norm = other.re * other.re + other.im * other.im;
        return new Complex((re * other.re + im * other.im) / norm, (im * other.re - re * other.im) / norm);
    }

    Complex negated() {
        return new Complex(-re, -im);
    }

    double abs() {
        return Math.hypot(re, im);
    }

    Complex exp() {
        double size = Math.exp(re);
        return im == 0 ? real(size) : new Complex(size * Math.cos(im), size * Math.sin(im));
    }

    Complex log() {
        return new Complex(Math.log(abs()), Math.atan2(im, re));
    }

    Complex sqrt() {
        return im == 0
                ? (re >= 0 ? real(Math.sqrt(re)) : new Complex(0, Math.sqrt(-re)))
                : log().times(real(0.5)).exp();
    }

    /** This to a power; whole exponents and positive bases are taken without logarithms of complex numbers. */
    Complex power(Complex exponent) {
        if (im == 0 && exponent.im == 0 && (re > 0 || re != 0 && exponent.re == Math.rint(exponent.re))) {
            return real(Math.pow(re, exponent.re));
        }
        if (exponent.im == 0 && exponent.re == Math.rint(exponent.re) && Math.abs(exponent.re) <= 64) {
            Complex result = ONE;
            for (int step = 0; step < Math.abs(exponent.re); step++) {
                result = result.times(this);
            }
            return exponent.re < 0 ? ONE.over(result) : result;
        }
        if (re == 0 && im == 0) {
            return exponent.re > 0 ? ZERO : new Complex(Double.NaN, Double.NaN);
        }
        return log().times(exponent).exp();
    }

    Complex sin() {
        return im == 0 ? real(Math.sin(re)) : new Complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im));
    }

    Complex cos() {
        return im == 0 ? real(Math.cos(re)) : new Complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im));
    }

    boolean isFinite() {
        return Double.isFinite(re) && Double.isFinite(im);
    }

    /** Whether both are finite and differ by at most a fraction of their size. */
    boolean near(Complex other, double tolerance) {
        return isFinite() && other.isFinite() && minus(other).abs() <= tolerance * Math.max(abs(), other.abs());
    }
}
