using System.Text;
using MlKit.Storage;

namespace MlKit.Tests;

public sealed class FileObjectStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlkit-storage-");
    private readonly IObjectStore _store;

    public FileObjectStoreTests()
    {
        _store = ObjectStores.Open(Path.Combine(_folder.FullName, "root"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_object_comes_back_as_it_was_written_last()
    {
        await WriteAsync("a/b.txt", "one");
        var info = await WriteAsync("a/b.txt", "other");
        Assert.Equal("other", await ReadAsync("a/b.txt"));
        Assert.Equal((5, info.ETag), ((await _store.StatAsync("a/b.txt", Stop))!.Size, (await _store.StatAsync("a/b.txt", Stop))!.ETag));
        Assert.Null(await _store.StatAsync("a", Stop));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _store.OpenReadAsync("a/c.txt", Stop));
    }

    [Fact]
    public async Task A_folder_lists_what_lies_directly_in_it_in_order()
    {
        await WriteAsync("z.txt", "1");
        await WriteAsync("B.txt", "22");
        await WriteAsync("a/deep.txt", "3");
        Assert.Equal(
            [new ObjectEntry("B.txt", false, 2), new ObjectEntry("a", true, 0), new ObjectEntry("z.txt", false, 1)],
            await _store.ListAsync("", Stop));
        Assert.Empty(await _store.ListAsync("missing", Stop));
        Assert.Empty(await _store.ListAsync("z.txt", Stop));
        Assert.Equal(
            [new ObjectEntry("B.txt", false, 2), new ObjectEntry("a/deep.txt", false, 1), new ObjectEntry("z.txt", false, 1)], await _store.ListTreeAsync("", Stop));
        Assert.Equal([new ObjectEntry("deep.txt", false, 1)], await _store.ListTreeAsync("a", Stop));
        Assert.Empty(await _store.ListTreeAsync("missing", Stop));
    }

    [Fact]
    public async Task A_folder_is_deleted_with_what_is_in_it()
    {
        await WriteAsync("a/one.txt", "1");
        await WriteAsync("a/b/two.txt", "2");
        Assert.True(await _store.DeleteAsync("a", Stop));
        Assert.False(await _store.DeleteAsync("a", Stop));
        Assert.Empty(await _store.ListAsync("", Stop));
    }

    [Fact]
    public async Task Of_writers_that_saw_the_same_version_one_wins()
    {
        var seen = await WriteAsync("registry.db", "0");
        var wins = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            try
            {
                await WriteAsync("registry.db", $"writer {writer}", WriteCondition.IsStill(seen));
                Interlocked.Increment(ref wins);
            }
            catch (ObjectChangedException)
            {
            }
        }));
        Assert.Equal(1, wins);
    }

    [Fact]
    public async Task Every_conditional_write_makes_a_new_version()
    {
        var info = await WriteAsync("counter", "0", WriteCondition.IsAbsent);
        var seen = new HashSet<string> { info.ETag };
        for (var i = 0; i < 50; i++)
        {
            info = await WriteAsync("counter", "0", WriteCondition.IsStill(info));
            Assert.True(seen.Add(info.ETag), "a version came twice");
        }

        await Assert.ThrowsAsync<ObjectChangedException>(() => WriteAsync("counter", "1", WriteCondition.IsAbsent));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_object_and_no_rest()
    {
        await WriteAsync("model.bin", "old");
        await Assert.ThrowsAsync<IOException>(() => _store.WriteAsync("model.bin", new BrokenStream(), null, Stop));
        Assert.Equal("old", await ReadAsync("model.bin"));
        Assert.Single(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../x")]
    [InlineData("a//x")]
    [InlineData("/x")]
    [InlineData("x/")]
    [InlineData("...")]
    [InlineData("a\\x")]
    [InlineData("a\0x")]
    [InlineData("C:/x")]
    [InlineData(".mlkit-partial/x")]
    [InlineData("")]
    public async Task A_key_that_could_mean_another_place_is_refused(string key) =>
        await Assert.ThrowsAsync<ObjectKeyException>(() => WriteAsync(key, "x"));

    [Fact]
    public async Task Files_and_folders_do_not_take_each_others_place()
    {
        await WriteAsync("a/file", "x");
        await Assert.ThrowsAsync<ObjectKeyException>(() => WriteAsync("a", "x"));
        await Assert.ThrowsAsync<ObjectKeyException>(() => WriteAsync("a/file/below", "x"));
    }

    [Fact]
    public async Task A_link_is_not_followed_out_of_the_root()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        var outside = Directory.CreateDirectory(Path.Combine(_folder.FullName, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "root", "link"), outside.FullName);
        await Assert.ThrowsAsync<ObjectKeyException>(() => WriteAsync("link/x", "x"));
        await Assert.ThrowsAsync<ObjectKeyException>(() => _store.ListAsync("link", Stop));
        Assert.Empty(outside.GetFiles());
    }

    [Fact]
    public void Another_scheme_is_refused_with_what_is_supported()
    {
        var error = Assert.Throws<NotSupportedException>(() => ObjectStores.Open("gs://bucket/key"));
        Assert.Contains("a file: URI and s3://bucket/prefix", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_uri_opens_the_same_folder()
    {
        await WriteAsync("x", "1");
        Assert.NotNull(await ObjectStores.Open(_store.Root.AbsoluteUri).StatAsync("x", Stop));
    }

    private Task<ObjectInfo> WriteAsync(string key, string text, WriteCondition? condition = null) =>
        _store.WriteAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(text)), condition, Stop);

    private async Task<string> ReadAsync(string key)
    {
        using var reader = new StreamReader(await _store.OpenReadAsync(key, Stop));
        return await reader.ReadToEndAsync(Stop);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public BrokenStream()
            : base(new byte[10])
        {
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException("the source broke off") : base.ReadAsync(buffer, cancellationToken);
    }
}
