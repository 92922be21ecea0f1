# Where do models, tables and the lexicon lie? In share/spalte: below the build folder, and below the prefix once installed.
# spalte_data_file(SOURCE): a committed file, copied. spalte_data_generated(FILE): one made by the build below SPALTE_DATA_DIR.
set(SPALTE_DATA_DIR ${CMAKE_BINARY_DIR}/share/spalte)
file(MAKE_DIRECTORY ${SPALTE_DATA_DIR})
add_custom_target(spalte_data ALL)

function(spalte_data_file source)
  get_filename_component(name ${source} NAME)
  set(out ${SPALTE_DATA_DIR}/${name})
  add_custom_command(OUTPUT ${out} COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/${source} ${out}
                     DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${source} VERBATIM)
  spalte_data_generated(${out})
endfunction()

function(spalte_data_generated file)
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER data_${name} target)
  add_custom_target(${target} DEPENDS ${file})
  add_dependencies(spalte_data ${target})
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/spalte)
endfunction()
