"""What several views are built from: tables, charts, maps, the error boundary."""
