using System.Collections.Concurrent;
using MlKit.Mlflow;
using MlKit.Scorer.Loading;

namespace MlKit.Scorer.Tests.Support;

/// <summary>A registry in memory, with the faults that a real one can have.</summary>
internal sealed class FakeRegistry : IModelRegistry
{
    private readonly ConcurrentDictionary<(string Name, string Version), byte[]> _files = new();
    private readonly ConcurrentDictionary<(string Name, string Alias), string> _aliases = new();
    private readonly ConcurrentDictionary<(string Name, string Version), Func<string, SignedGateDocument>> _gates = new();

    /// <summary>The registry cannot be asked, with this reason.</summary>
    public volatile string? Down;

    /// <summary>Files cannot be had, with this reason.</summary>
    public volatile string? DownloadsDown;

    /// <summary>The disk is full when files are written, with this reason.</summary>
    public volatile string? DiskFull;

    public int Downloads;

    public void Register(string name, string version, byte[] model) => _files[(name, version)] = model;

    /// <summary>Gives a version a gate document, made from the digest of its files.</summary>
    public void Attest(string name, string version, Func<string, SignedGateDocument> gate) => _gates[(name, version)] = gate;

    public void SetAlias(string name, string alias, string version) => _aliases[(name, alias)] = version;

    public Task<RegistryVersion?> ResolveAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        if (Down is { } reason)
        {
            throw new RegistryException(reason);
        }

        var version = uri.Alias is null ? uri.Version : _aliases.GetValueOrDefault((uri.Name!, uri.Alias));
        return Task.FromResult(version is null ? null : new RegistryVersion(uri.Name!, version, "one", "fake"));
    }

    public async Task DownloadAsync(RegistryVersion version, string folder, CancellationToken cancellationToken)
    {
        if (DownloadsDown is { } reason)
        {
            throw new RegistryException(reason);
        }

        Interlocked.Increment(ref Downloads);
        await File.WriteAllBytesAsync(Path.Combine(folder, "model.onnx"), _files[(version.Name, version.Version)], cancellationToken);
        if (DiskFull is { } full)
        {
            throw new IOException(full);
        }

        if (_gates.TryGetValue((version.Name, version.Version), out var gate))
        {
            var signed = gate(await ModelDigest.ComputeAsync(folder, cancellationToken));
            await File.WriteAllBytesAsync(Path.Combine(folder, SignedGateDocument.FileName), signed.ToBytes(), cancellationToken);
        }
    }
}
