"""The record as files for anybody: tables, their description, and a package of both."""
