# SPDX-License-Identifier: Apache-2.0
"""Prints the polynomial coefficients of functions.inc (needs mpmath): interpolants at Chebyshev nodes, lowest power first."""
import mpmath as mp

mp.mp.dps = 80


def interpolant(f, low, high, degree):
    n = degree + 1
    nodes = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * n)) for k in range(n)]
    matrix = mp.matrix(n, n)
    for i, x in enumerate(nodes):
        for j in range(n):
            matrix[i, j] = x**j
    return mp.lu_solve(matrix, mp.matrix([f(x) for x in nodes]))


def show(title, f, low, high, degree, weight):
    coefficients = [mp.mpf(float(c)) for c in interpolant(f, mp.mpf(low), mp.mpf(high), degree)]
    points = [low + (high - low) * (k + mp.mpf(1) / 2) / 2000 for k in range(2000)]
    worst = max(abs(sum(c * x**j for j, c in enumerate(coefficients)) - f(x)) * weight(x) for x in points)
    print(f"{title}: error 2^{mp.nstr(mp.log(worst, 2), 4)}")
    for c in coefficients:
        print(f"    {float(c).hex()},  // {mp.nstr(c, 17)}")


# exp(r) = 1 + r + r^2 q(r), |r| <= log(2) / 2
show("exp", lambda r: (mp.exp(r) - 1 - r) / r**2 if abs(r) > 1e-12 else mp.mpf(1) / 2 + r / 6, mp.mpf("-0.34658"), mp.mpf("0.34658"), 10,
     lambda r: r**2 / mp.exp(r))


# log(1 + f) = 2 s + s z p(z), s = f / (2 + f), z = s^2, 1 + f in [sqrt(1/2), sqrt(2)]
def log_rest(z):
    if z == 0:
        return mp.mpf(2) / 3
    s = mp.sqrt(z)
    return (mp.log((1 + s) / (1 - s)) / s - 2) / z


show("log", log_rest, mp.mpf(0), mp.mpf("0.029438"), 6, lambda z: z / 2)
