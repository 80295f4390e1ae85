// Command temporal-dev-server runs a whole Temporal Service in one process: SQLite in memory or in a file, several
// namespaces, a gRPC and an HTTP front end.
//
// It takes the flags of `temporal server start-dev`, so that it can stand in for the Temporal CLI where that cannot be
// downloaded, and has the Nexus callbacks of external endpoints switched on. When it is ready it prints one line to
// stdout; everything else goes to stderr. It runs until it is interrupted or terminated, or, with --exit-with-parent,
// until its stdin is closed.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"go.temporal.io/server/common/headers"
)

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "temporal-dev-server:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	options, err := parseOptions(args)
	if err != nil {
		return err
	}
	if options.version {
		fmt.Println("temporal-dev-server, Temporal Server", headers.ServerVersion)
		return nil
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)

	server, err := newServer(options)
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	fmt.Printf("Temporal Server %s is ready: gRPC %s, HTTP %s, namespaces %s\n",
		headers.ServerVersion, options.address(options.port), options.address(options.httpPort), &options.namespaces)

	parentGone := make(chan struct{})
	if options.exitWithParent {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			close(parentGone)
		}()
	}
	select {
	case <-stop:
	case <-parentGone:
	}
	return server.Stop()
}
