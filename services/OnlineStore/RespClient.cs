using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlKit.OnlineStore;

/// <summary>Asks the store as a client would, over its port, with short questions and answers of one line.</summary>
internal static class RespClient
{
    /// <summary>Sends commands one behind the other and returns the first line of each answer.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="IOException">The connection broke off.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync(int port, IReadOnlyList<string[]> commands, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(commands.Select(Command))), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answers = new List<string>();
        while (answers.Count < commands.Count && await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            answers.Add(line);
        }

        return answers;
    }

    private static string Command(string[] words) =>
        $"*{words.Length}\r\n" + string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"));
}
