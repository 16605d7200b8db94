using MlKit.Storage;

namespace MlKit.Tests;

public sealed class LocalMirrorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-mirror-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_tree_is_there_as_files_and_follows_the_bucket()
    {
        await using var server = await StandInS3.StartAsync();
        server.Put("bucket/log/date=1/a.txt", [1]);
        server.Put("bucket/log/b.txt", [2]);
        server.Put("bucket/other.txt", [3]);
        var mirror = await LocalMirror.UpdateAsync("s3://bucket/log/", _folder, server.Options, Stop);
        Assert.Equal([("b.txt", (byte)2), ("date=1/a.txt", (byte)1)], Files(mirror));

        server.Put("bucket/log/b.txt", [4]);
        server.Put("bucket/log/date=2/c.txt", [5]);
        Assert.Equal(mirror, await LocalMirror.UpdateAsync("s3://bucket/log/", _folder, server.Options, Stop));
        Assert.Equal([("b.txt", (byte)4), ("date=1/a.txt", (byte)1), ("date=2/c.txt", (byte)5)], Files(mirror));
    }

    [Fact]
    public async Task An_object_is_there_under_its_own_name()
    {
        await using var server = await StandInS3.StartAsync();
        server.Put("bucket/data/ratings.csv", [7]);

        var file = await LocalMirror.UpdateAsync("s3://bucket/data/ratings.csv", _folder, server.Options, Stop);

        Assert.Equal("ratings.csv", Path.GetFileName(file));
        Assert.Equal([7], await File.ReadAllBytesAsync(file, Stop));
    }

    [Fact]
    public async Task A_name_that_leads_out_of_the_mirror_is_refused()
    {
        await using var server = await StandInS3.StartAsync();
        server.Put("bucket/log/../../../../escaped.txt", [1]);

        var error = await Assert.ThrowsAsync<IOException>(() => LocalMirror.UpdateAsync("s3://bucket/log", Path.Combine(_folder, "mirror"), server.Options, Stop));

        Assert.Contains("'../../../../escaped.txt'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "escaped.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_place_on_this_machine_is_its_own_mirror() =>
        Assert.Equal(_folder, await LocalMirror.UpdateAsync(_folder, "unused", cancellationToken: Stop));

    private static IEnumerable<(string Name, byte Content)> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes(file)[0])).Order();
}
