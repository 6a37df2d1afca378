# SPDX-License-Identifier: Apache-2.0
# Reads one number of a result by the names of its axes. Usage: read_result.R RESULT WANTED
suppressMessages(library(hdf5r))
arguments <- commandArgs(trailingOnly = TRUE)
file <- H5File$new(arguments[1], mode = "r")
series <- file[["indicators/private_rnd"]]
stopifnot(h5attr(series, "units") == "MEUR")
arms <- file[["indicators/arm"]][]
replicates <- file[["indicators/replicate"]][]
dates <- as.Date("2020-01-01") + file[["indicators/time"]][]
# R turns the order of the axes round: (time, replicate, arm).
got <- series[which(dates == as.Date("2021-12-31")), which(replicates == 3), which(arms == "growth-fund-photonics")]
stopifnot(got == as.numeric(arguments[2]))
stopifnot(h5attr(file, "complete") == 1)
file$close_all()
