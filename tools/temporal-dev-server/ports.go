package main

import (
	"net"
	"strconv"
)

// freePorts returns different ports of the loopback interface that nobody listens on.
func freePorts(count int) ([]int, error) {
	ports := make([]int, count)
	for i := range ports {
		listener, err := net.Listen("tcp", net.JoinHostPort(loopback, "0"))
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports[i] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

// checkPortFree fails with one plain line where the server would fail with a page of them.
func checkPortFree(ip string, port int) error {
	listener, err := net.Listen("tcp", net.JoinHostPort(ip, strconv.Itoa(port)))
	if err != nil {
		return err
	}
	return listener.Close()
}
