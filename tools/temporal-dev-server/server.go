package main

import (
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/server/chasm/lib/callback"
	"go.temporal.io/server/chasm/lib/nexusoperation"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/components/nexusoperations"
	"go.temporal.io/server/temporal"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

const (
	clusterName = "active"
	loopback    = "127.0.0.1"
)

// newServer prepares a service with all its parts in this process. It settles the ports that the options leave open.
func newServer(o *options) (temporal.Server, error) {
	free, err := freePorts(5)
	if err != nil {
		return nil, err
	}
	if o.port == 0 {
		o.port = free[0]
	}
	if o.httpPort == 0 {
		o.httpPort = free[1]
	}
	for _, port := range []int{o.port, o.httpPort} {
		if err := checkPortFree(o.ip, port); err != nil {
			return nil, err
		}
	}
	inner := map[primitives.ServiceName]int{
		primitives.HistoryService:  free[2],
		primitives.MatchingService: free[3],
		primitives.WorkerService:   free[4],
	}
	sql, err := openStore(o)
	if err != nil {
		return nil, err
	}
	conf := serverConfig(o, sql, inner)
	logger := newLogger(o)
	authorizer, err := authorization.GetAuthorizerFromConfig(&conf.Global.Authorization)
	if err != nil {
		return nil, err
	}
	claimMapper, err := authorization.GetClaimMapperFromConfig(&conf.Global.Authorization, logger)
	if err != nil {
		return nil, err
	}
	hosts := map[primitives.ServiceName]static.Hosts{primitives.FrontendService: static.SingleLocalHost(o.address(o.port))}
	for name, port := range inner {
		hosts[name] = static.SingleLocalHost(net.JoinHostPort(loopback, strconv.Itoa(port)))
	}
	return temporal.NewServer(
		temporal.WithConfig(conf),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(hosts),
		temporal.WithLogger(logger),
		temporal.WithAuthorizer(authorizer),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper { return claimMapper }),
		temporal.WithDynamicConfigClient(dynamicConfig(o)),
	)
}

func serverConfig(o *options, sql *config.SQL, inner map[primitives.ServiceName]int) *config.Config {
	conf := &config.Config{}
	conf.Global.Membership.MaxJoinDuration = 30 * time.Second
	conf.Global.Membership.BroadcastAddress = o.reachableIP()
	conf.Persistence = config.Persistence{
		DefaultStore:     "sqlite",
		VisibilityStore:  "sqlite",
		NumHistoryShards: 1,
		DataStores:       map[string]config.DataStore{"sqlite": {SQL: sql}},
	}
	conf.ClusterMetadata = &cluster.Config{
		FailoverVersionIncrement: 10,
		MasterClusterName:        clusterName,
		CurrentClusterName:       clusterName,
		ClusterInformation: map[string]cluster.ClusterInformation{clusterName: {
			Enabled:                true,
			InitialFailoverVersion: 1,
			RPCAddress:             o.address(o.port),
			HTTPAddress:            o.address(o.httpPort),
			ClusterID:              uuid.NewString(),
		}},
	}
	conf.DCRedirectionPolicy.Policy = "noop"
	conf.PublicClient.HostPort = o.address(o.port)
	conf.Archival.History.State, conf.Archival.Visibility.State = config.ArchivalDisabled, config.ArchivalDisabled
	conf.NamespaceDefaults.Archival.History.State = config.ArchivalDisabled
	conf.NamespaceDefaults.Archival.Visibility.State = config.ArchivalDisabled

	var frontend config.Service
	frontend.RPC.BindOnIP, frontend.RPC.GRPCPort, frontend.RPC.HTTPPort = o.ip, o.port, o.httpPort
	conf.Services = map[string]config.Service{string(primitives.FrontendService): frontend}
	for name, port := range inner {
		var service config.Service
		service.RPC.BindOnLocalHost, service.RPC.GRPCPort = true, port
		conf.Services[string(name)] = service
	}
	return conf
}

// dynamicConfig makes what is created usable at once, and lets Nexus operations of external endpoints start and
// complete. What the command line says goes before.
func dynamicConfig(o *options) dynamicconfig.StaticClient {
	callbacks := fmt.Sprintf("http://%s/namespaces/{{.NamespaceName}}/nexus/callback", o.address(o.httpPort))
	values := dynamicconfig.StaticClient{
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key():      true,
		dynamicconfig.ForceNexusEndpointRefreshOnRead.Key():              true,
		dynamicconfig.RefreshNexusEndpointsMinWait.Key():                 time.Duration(0),
		dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key(): 100,
		nexusoperations.CallbackURLTemplate.Key():                        callbacks,
		nexusoperation.CallbackURLTemplate.Key():                         callbacks,
		callback.AllowedAddresses.Key():                                  []any{map[string]any{"Pattern": "*", "AllowInsecure": true}},
	}
	for key, value := range o.dynamicConfig {
		values[dynamicconfig.MakeKey(key)] = value
	}
	return values
}

// newLogger writes to stderr, one line per entry. It takes the levels and formats of the Temporal CLI.
func newLogger(o *options) log.Logger {
	level, format := o.logLevel, "console"
	if level == "never" {
		level = "fatal"
	}
	if o.logFormat == "json" {
		format = "json"
	}
	withoutStacks := zap.AddStacktrace(zapcore.FatalLevel + 1)
	return log.NewZapLogger(log.BuildZapLogger(log.Config{Level: level, Format: format}).WithOptions(withoutStacks))
}
