# Does the installed program find its data? cmake -DBUILD=… -DFOLDER=… -P install_test.cmake
file(REMOVE_RECURSE ${FOLDER})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${FOLDER}/sak.txt "Ferga står\n\nStatsminister Henrik Vold reiser til Kina, sier han.\n")
# Nothing of the build may help: no variable, another folder.
execute_process(COMMAND ${CMAKE_COMMAND} -E env --unset=SPALTE_DATA ${FOLDER}/bin/spalte annotate --format jsonl ${FOLDER}/sak.txt
                WORKING_DIRECTORY / OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE status)
# Shells and man look in these places below any prefix.
foreach(file share/bash-completion/completions/spalte share/zsh/site-functions/_spalte
        share/fish/vendor_completions.d/spalte.fish share/man/man1/spalte.1)
  if(EXISTS ${FOLDER}/${file})
    file(READ ${FOLDER}/${file} content)
  else()
    set(content "")
  endif()
  if(NOT content MATCHES "timeline")
    message(FATAL_ERROR "${file} is not installed, or knows no timeline")
  endif()
endforeach()
file(REMOVE_RECURSE ${FOLDER})
if(NOT status EQUAL 0 OR NOT out MATCHES "Henrik Vold")
  message(FATAL_ERROR "the installed program ended with ${status}: ${err}${out}")
endif()
