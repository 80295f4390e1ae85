package main

import (
	"errors"
	"io/fs"
	"os"
	"strconv"

	"go.temporal.io/server/common/config"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema/sqlite"
)

// openStore prepares the database, with its tables and namespaces. A file that exists keeps what it holds, and gets the
// namespaces that it lacks.
func openStore(o *options) (*config.SQL, error) {
	sql := &config.SQL{PluginName: sqliteplugin.PluginName}
	if o.databaseFile == "" {
		sql.ConnectAttributes = map[string]string{"mode": "memory", "cache": "shared"}
		sql.DatabaseName = strconv.Itoa(os.Getpid())
	} else {
		sql.ConnectAttributes = map[string]string{"mode": "rwc"}
		sql.DatabaseName = o.databaseFile
		if _, err := os.Stat(o.databaseFile); errors.Is(err, fs.ErrNotExist) {
			if err := sqlite.SetupSchema(sql); err != nil {
				return nil, err
			}
		}
	}
	var namespaces []*sqlite.NamespaceConfig
	seen := map[string]bool{}
	for _, name := range o.namespaces {
		if seen[name] {
			continue
		}
		seen[name] = true
		namespace, err := sqlite.NewNamespaceConfig(clusterName, name, false, o.searchAttributes)
		if err != nil {
			return nil, err
		}
		namespaces = append(namespaces, namespace)
	}
	return sql, sqlite.CreateNamespaces(sql, namespaces...)
}
