# The engagements in a country, each with its programme and staff, as a table.
#
#     COOP_PORTAL=https://portal.example.org Rscript engagements.R PE
#
# Needs the package jsonlite. The country is a code of ISO 3166-1, such as PE for Peru.
library(jsonlite)

portal <- Sys.getenv("COOP_PORTAL", "http://127.0.0.1:8000")
country <- c(commandArgs(trailingOnly = TRUE), "PE")[1]

ask <- function(address) {
  connection <- url(address, encoding = "UTF-8")
  on.exit(close(connection))
  fromJSON(paste(readLines(connection, warn = FALSE), collapse = "\n"), simplifyVector = FALSE)
}

named <- function(name, what) paste0(name, " (", if (is.null(what)) "-" else what, ")")

# All pages: each names the address of the next one, and the last says null.
address <- paste0(
  portal, "/api/v1/engagements/?country=", country, "&expand=programme,staff.profile&page_size=50",
  "&fields=title,start,programme.name,programme.kind,staff.profile.name,staff.profile.post_title"
)
while (!is.null(address)) {
  page <- ask(address)
  for (engagement in page$results) {
    programme <- engagement$programme
    people <- vapply(engagement$staff, function(member) named(member$profile$name, member$profile$post_title), "")
    cat(
      engagement$start$value,
      engagement$title,
      if (is.null(programme)) "-" else named(programme$name, programme$kind$name),
      paste(people, collapse = "; "),
      sep = "\t"
    )
    cat("\n")
  }
  address <- page[["next"]]
}

# The same list as a file: every column, one row an engagement.
engagements <- read.csv(
  paste0(portal, "/en/engagements.csv?country=", country),
  fileEncoding = "UTF-8-BOM", check.names = FALSE
)
cat(nrow(engagements), "engagements\n")
print(table(engagements$kind, substr(engagements$start_date, 1, 4)))
