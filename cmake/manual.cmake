# Where do shells and man(1) look? The program prints completion scripts and manual page from its own tables; both are
# made by the build and installed where bash, zsh, fish and man find them below any prefix.
set(SPALTE_MANUAL_DIR ${CMAKE_BINARY_DIR}/manual)
file(MAKE_DIRECTORY ${SPALTE_MANUAL_DIR})

function(spalte_manual file destination)
  add_custom_command(OUTPUT ${SPALTE_MANUAL_DIR}/${file} COMMAND spalte help ${ARGN} > ${SPALTE_MANUAL_DIR}/${file}
                     DEPENDS spalte COMMENT "Writing ${file} from the command table" VERBATIM)
  install(FILES ${SPALTE_MANUAL_DIR}/${file} DESTINATION ${destination})
endfunction()

spalte_manual(spalte ${CMAKE_INSTALL_DATADIR}/bash-completion/completions --completion bash)
spalte_manual(_spalte ${CMAKE_INSTALL_DATADIR}/zsh/site-functions --completion zsh)
spalte_manual(spalte.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d --completion fish)
spalte_manual(spalte.1 ${CMAKE_INSTALL_MANDIR}/man1 --man)
add_custom_target(spalte_manual ALL DEPENDS ${SPALTE_MANUAL_DIR}/spalte ${SPALTE_MANUAL_DIR}/_spalte
                                            ${SPALTE_MANUAL_DIR}/spalte.fish ${SPALTE_MANUAL_DIR}/spalte.1)
