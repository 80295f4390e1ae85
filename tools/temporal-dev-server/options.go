package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	"gopkg.in/yaml.v3"
)

// options is what the command line says; newServer settles a port that is 0.
type options struct {
	version          bool
	exitWithParent   bool
	ip               string
	port             int
	httpPort         int
	databaseFile     string
	logLevel         string
	logFormat        string
	namespaces       list
	searchAttributes map[string]enumspb.IndexedValueType
	dynamicConfig    map[string]any
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string         { return strings.Join(*l, ", ") }
func (l *list) Set(value string) error { *l = append(*l, value); return nil }

// parseOptions reads the arguments after the program's name, with or without the words `server start-dev`.
func parseOptions(args []string) (*options, error) {
	if len(args) >= 2 && args[0] == "server" && args[1] == "start-dev" {
		args = args[2:]
	}
	o := &options{}
	var dynamicConfig, searchAttributes list
	flags := flag.NewFlagSet("temporal-dev-server", flag.ContinueOnError)
	flags.BoolVar(&o.version, "version", false, "print the version and exit")
	flags.BoolVar(&o.exitWithParent, "exit-with-parent", false, "exit when stdin is closed")
	flags.StringVar(&o.ip, "ip", "127.0.0.1", "address that the front ends listen on")
	flags.IntVar(&o.port, "port", 7233, "gRPC port; 0 takes a free one")
	flags.IntVar(&o.httpPort, "http-port", 0, "HTTP port; 0 takes a free one")
	flags.StringVar(&o.databaseFile, "db-filename", "", "SQLite file; without one everything is kept in memory")
	flags.StringVar(&o.logLevel, "log-level", "warn", "debug, info, warn, error or never")
	flags.StringVar(&o.logFormat, "log-format", "text", "text or json")
	flags.Var(&o.namespaces, "namespace", "namespace to create beside default (repeatable)")
	flags.Var(&searchAttributes, "search-attribute", "name=type, for every namespace (repeatable)")
	flags.Var(&dynamicConfig, "dynamic-config-value", "key=json (repeatable)")
	flags.Bool("headless", true, "accepted and ignored: there is no web UI")
	flags.Int("ui-port", 0, "accepted and ignored: there is no web UI")
	flags.Int("metrics-port", 0, "accepted and ignored: there are no metrics")
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(os.Stdout)
		flags.Usage()
		return nil, err
	} else if err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("%q is no flag", flags.Arg(0))
	}
	if o.ip == "localhost" {
		o.ip = "127.0.0.1"
	}
	if net.ParseIP(o.ip) == nil {
		return nil, fmt.Errorf("--ip takes an IP address, got %q", o.ip)
	}
	if !slices.Contains(o.namespaces, "default") {
		o.namespaces = append(o.namespaces, "default")
	}

	o.dynamicConfig = map[string]any{}
	for _, pair := range dynamicConfig {
		key, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("--dynamic-config-value takes key=json, got %q", pair)
		}
		var value any
		// YAML holds JSON, and reads whole numbers as the integers that the server expects.
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			return nil, fmt.Errorf("--dynamic-config-value %s: %w", key, err)
		}
		o.dynamicConfig[key] = value
	}

	o.searchAttributes = map[string]enumspb.IndexedValueType{}
	for _, pair := range searchAttributes {
		name, text, _ := strings.Cut(pair, "=")
		kind, err := enumspb.IndexedValueTypeFromString(text)
		if err != nil {
			return nil, fmt.Errorf("--search-attribute takes name=type, got %q", pair)
		}
		o.searchAttributes[name] = kind
	}
	return o, nil
}

// address is where clients on this machine reach a port of the front end.
func (o *options) address(port int) string {
	return net.JoinHostPort(o.reachableIP(), strconv.Itoa(port))
}

func (o *options) reachableIP() string {
	if net.ParseIP(o.ip).IsUnspecified() {
		return loopback
	}
	return o.ip
}
