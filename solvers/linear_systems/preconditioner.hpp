// Symmetric positive definite approximations M of A whose systems M z = r are easy.
#pragma once

#include <memory>

#include "problems/oracle.hpp"

namespace optbed {

// jacobi: M = D = diag(A).
// incomplete_cholesky: M = L L' with the factorisation of A kept to the places where A has nonzeros, IC(0)
//   (Meijerink & van der Vorst 1977; Saad 2003, section 10.3). It exists for M-matrices; elsewhere a pivot may
//   fail.
// ssor: M = (D/omega + L)(D/omega)^-1(D/omega + L')/(2 - omega), with A = L + D + L' (Saad 2003, section 10.2).
//   Applied by two half sweeps over A, together counted as one product.
enum class PreconditionerKind { jacobi, incomplete_cholesky, ssor };

class Preconditioner {
 public:
  Preconditioner() = default;
  Preconditioner(const Preconditioner&) = delete;
  Preconditioner& operator=(const Preconditioner&) = delete;
  virtual ~Preconditioner() = default;

  // Makes M from a symmetric A with a positive diagonal; false where a pivot is not positive. May allocate.
  [[nodiscard]] virtual bool prepare(const SystemMatrix& A) = 0;

  // z = M^-1 r (n), without allocation. `f` gives the rows of the same A where they are needed.
  virtual void apply(Oracle& f, const Vector& r, Vector& z) = 0;
};

// omega, in (0, 2), is that of ssor.
std::unique_ptr<Preconditioner> make_preconditioner(PreconditionerKind kind, double omega);

}  // namespace optbed
