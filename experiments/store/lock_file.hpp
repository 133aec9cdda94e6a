// One process at a time writes a store.
#pragma once

#include <chrono>
#include <string>

namespace optbed {

// Holds the file `path`-lock, which says who holds it, until the end of the object's life, or of the process
// however it ends.
class LockFile {
 public:
  // Throws InputError, naming process and machine, where another holds it for longer than `patience`, and where
  // the file cannot be written.
  LockFile(const std::string& path, std::chrono::milliseconds patience);
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;
  ~LockFile();

 private:
  bool try_to_hold();

  std::string path_;
  int file_ = -1;
};

}  // namespace optbed
