using MlKit.Feast;

namespace MlKit.Tests;

/// <summary>Where queries put what does not fit into memory.</summary>
public sealed class SpillTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-spill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_query_beyond_its_memory_spills_to_a_folder_that_was_not_there_and_leaves_nothing_behind()
    {
        var spill = Path.Combine(_folder, "not", "there", "yet");
        using (var session = new DuckSession(new OfflineStoreOptions { MemoryMegabytes = 64, SpillPath = spill }))
        {
            session.Run("CREATE TABLE numbers AS SELECT i, hash(i) AS h, random() AS r FROM range(6000000) t(i)");
            Assert.NotEmpty(Directory.GetFiles(spill, "*", SearchOption.AllDirectories));
            using var sum = session.Read("SELECT count(*), sum(i) FROM numbers");
            Assert.True(sum.Read());
            Assert.Equal(6_000_000, sum.GetInt64(0));
        }

        Assert.Empty(Directory.GetFileSystemEntries(spill));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_stops_only_what_has_to_spill()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        using var session = new DuckSession(new OfflineStoreOptions { MemoryMegabytes = 64, SpillPath = Path.Combine(file, "spill") });

        using (var small = session.Read("SELECT 1"))
        {
            Assert.True(small.Read());
        }

        var error = Assert.ThrowsAny<Exception>(() => session.Run("CREATE TABLE numbers AS SELECT i, hash(i) AS h, random() AS r FROM range(6000000) t(i)"));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }
}
