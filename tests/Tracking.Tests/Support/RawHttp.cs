using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MlKit.Tests;

/// <param name="Status">The status code.</param>
/// <param name="Headers">By name, without case; of equal names the last.</param>
/// <param name="Body">The bytes, freed of chunking.</param>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>
/// Sends a request exactly as written. HttpClient would tidy up paths with dots, double slashes and escapes, which is
/// what the tests must get to the server.
/// </summary>
internal static class RawHttp
{
    public static async Task<RawResponse> SendAsync(
        Uri server, string method, string target, IReadOnlyDictionary<string, string> headers, byte[]? body,
        CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        var stream = client.GetStream();
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        if (!headers.Keys.Contains("Host", StringComparer.OrdinalIgnoreCase))
        {
            head.Append(CultureInfo.InvariantCulture, $"Host: {server.Authority}\r\n");
        }

        foreach (var (name, value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (body is not null || method is "POST" or "PUT" or "PATCH")
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body?.Length ?? 0}\r\n");
        }

        head.Append("Connection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()), cancellationToken);
        await stream.WriteAsync(body ?? [], cancellationToken);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, cancellationToken);
        return Parse(answer.ToArray());
    }

    private static RawResponse Parse(byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        Assert.True(end > 0, "the server closed the connection without an answer");
        var lines = Encoding.Latin1.GetString(answer, 0, end).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = answer[(end + 4)..];
        var chunked = headers.TryGetValue("Transfer-Encoding", out var coding) && coding == "chunked";
        return new RawResponse(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, chunked ? Unchunk(body) : body);
    }

    private static byte[] Unchunk(byte[] body)
    {
        using var plain = new MemoryStream();
        var at = 0;
        while (true)
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            var size = int.Parse(Encoding.ASCII.GetString(body, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return plain.ToArray();
            }

            plain.Write(body, at + line + 2, size);
            at += line + 2 + size + 2;
        }
    }
}
