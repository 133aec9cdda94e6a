# Installs the build, configures experiments/examples against what was installed, builds it and runs it.
#   cmake -DBUILD=… -DSOURCE=… -DFOLDER=… -DCOMPILER=… -DBUILD_TYPE=… -DFLAGS=… -P installed_package.cmake
file(REMOVE_RECURSE ${FOLDER})
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output)
  set(output "${output}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER}/installed)
run(${CMAKE_COMMAND} -S ${SOURCE}/experiments/examples -B ${FOLDER}/build -G Ninja
    -DCMAKE_PREFIX_PATH=${FOLDER}/installed -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
    "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${FOLDER}/build)
run(${FOLDER}/build/own_problem_and_solver)
message("${output}")
foreach(expected "comparisons hold" "adaptive_gradient_descent +[0-9]+ +[0-9]+ +yes")
  if(NOT output MATCHES "${expected}")
    message(FATAL_ERROR "the example did not print '${expected}'")
  endif()
endforeach()
file(REMOVE_RECURSE ${FOLDER})
