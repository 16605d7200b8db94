using System.Text;
using CsCheck;
using MlKit.Recommendation.Data;
using MlKit.Tests;

namespace MlKit.Recommendation.Tests;

public sealed class DataSetReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void MovieLens_100K_is_read_with_its_details()
    {
        var data = Read(SharedMaterial.Require("data", "movielens-100k"));

        Assert.Equal((943, 1682, 100_000), (data.UserIds.Length, data.ItemIds.Length, data.Interactions.Length));
        Assert.True(data.HasIntegerItemIds);
        Assert.True(data.HasClock);
        var toyStory = data.Items[Array.IndexOf(data.ItemIds, "1")];
        Assert.Equal("Toy Story (1995)", toyStory.Title);
        Assert.Equal(["Animation", "Children's", "Comedy"], toyStory.Genres);
        Assert.Equal(1995, toyStory.ReleaseYear);
        Assert.Equal(new UserDetails(24, "M", "technician"), data.Users[Array.IndexOf(data.UserIds, "1")]);
        Assert.Equal(data.Interactions.Select(e => e.Timestamp).Order(), data.Interactions.Select(e => e.Timestamp));
    }

    [Fact]
    public void MovieLens_latest_is_read_with_its_details()
    {
        var data = Read(SharedMaterial.Require("data", "movielens-latest-small"));

        Assert.Equal((610, 9724, 100_836), (data.UserIds.Length, data.ItemIds.Length, data.Interactions.Length));
        var item = data.Items[Array.IndexOf(data.ItemIds, "11")];
        Assert.Equal("American President, The (1995)", item.Title);
        Assert.Equal(1995, item.ReleaseYear);
    }

    [Fact]
    public void MovieLens_1M_layout_is_read()
    {
        Write("ratings.dat", "1::1193::5::978300760\n2::1193::3::978300700\n2::7::4.5::978300800\n");
        Write("movies.dat", "1193::One Flew Over the Cuckoo's Nest (1975)::Drama\n9::Unrated (1999)::Comedy\n");
        Write("users.dat", "2::F::25::7::12345\n");

        var data = Read(_folder);

        Assert.Equal(["2", "1"], data.UserIds);
        Assert.Equal(new UserDetails(25, "F", "7"), data.Users[0]);
        Assert.Equal(1975, data.Items[0].ReleaseYear);
        Assert.Equal(ItemDetails.Unknown, data.Items[1]);
    }

    [Theory]
    [InlineData("user,item,timestamp,value\nu1,a,10,2.5\nu2,b,5,1\n")]
    [InlineData("timestamp\tvalue\titem_id\tuser_id\n10\t2.5\ta\tu1\n5\t1\tb\tu2\n")]
    [InlineData("userId,rating,movieId,date\r\n\"u1\",2.5,\"a\",1970-01-01T00:00:10Z\r\nu2,1,b,1970-01-01 00:00:05\r\n")]
    public void A_csv_is_understood_by_its_header(string text)
    {
        var data = Read(Write("events" + (text.Contains('\t', StringComparison.Ordinal) ? ".tsv" : ".csv"), text));

        Assert.Equal(["u2", "u1"], data.UserIds);
        Assert.Equal([new Interaction(0, 0, 5, 1), new Interaction(1, 1, 10, 2.5f)], data.Interactions);
        Assert.False(data.HasIntegerItemIds);
    }

    [Fact]
    public void Columns_of_other_names_are_chosen_by_option()
    {
        var file = Write("orders.csv", "who,what,when\nanna,shoe,7\n");
        var columns = new CsvColumns { User = "who", Item = "WHAT", Timestamp = "when" };

        var data = DataSetReader.Read(file, columns, TestContext.Current.CancellationToken);

        Assert.Equal("shoe", data.ItemIds.Single());
        Assert.Equal(1, data.Interactions.Single().Value);
    }

    [Fact]
    public void Without_a_timestamp_the_order_of_lines_stands_for_time()
    {
        var data = Read(Write("events.csv", "user,item\nu,c\nu,a\nu,b\n"));

        Assert.False(data.HasClock);
        Assert.Equal(["c", "a", "b"], data.Interactions.Select(e => data.ItemIds[e.Item]));
    }

    [Fact]
    public void Equal_times_keep_the_order_of_the_file()
    {
        var text = new StringBuilder("user,item,timestamp\n");
        var ids = Enumerable.Range(0, 200).Select(i => $"i{i}").ToList();
        ids.ForEach(id => text.Append(null, $"u,{id},5\n"));

        Assert.Equal(ids, Read(Write("events.csv", text.ToString())).ItemIds);
    }

    [Theory]
    [InlineData("u.data", "1\t2\t3\t4\n1\t2\t3\n", 2, "3 fields instead of 4")]
    [InlineData("u.data", "1\t2\tgood\t4\n", 1, "value 'good' is not a finite number")]
    [InlineData("u.data", "1\t2\tNaN\t4\n", 1, "value 'NaN'")]
    [InlineData("ratings.dat", "1::2::3::4\n\n1::2::3::soon\n", 3, "timestamp 'soon'")]
    [InlineData("ratings.dat", "1::2::3::9999999999999\n", 1, "is in the future")]
    [InlineData("events.csv", "user,item,timestamp\nu,i,1\n,i,2\n", 3, "the user id is empty")]
    [InlineData("events.csv", "user,item,timestamp\nu,i\n", 2, "2 fields instead of 3")]
    [InlineData("ratings.dat", "1::2::3::-4\n", 1, "before 1970")]
    [InlineData("events.csv", "user,item,timestamp\nu,i,1\nv,j", 3, "2 fields instead of 3")]
    [InlineData("events.csv", "a,b,c\nu,i,1\n", 1, "no column for the user")]
    public void A_broken_line_is_named_with_its_file_and_number(string name, string text, long line, string reason)
    {
        var file = Write(name, text);

        var error = Assert.Throws<DataFormatException>(() => Read(file));

        Assert.Equal(line, error.Line);
        Assert.StartsWith($"{file}:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u.data", "1\t2\t3\t4\n1\t2\t3\n1\t2\tNaN\t4\n1\t2\t3\t-4\n\t2\t3\t4\n1\t3\t3\t99999999999\n1\t9")]
    [InlineData("events.csv", "user,item,value,timestamp\n1,2,3,4\n1,2,3\n1,2,NaN,4\n1,2,3,-4\n,2,3,4\n1,3,3,99999999999\n1,9")]
    public void Lenient_reading_leaves_broken_rows_out_and_counts_them_by_reason(string name, string text)
    {
        var file = Write(name, text);

        var data = DataSetReader.Read(file, new DataReadOptions { Lenient = true }, TestContext.Current.CancellationToken);

        Assert.Single(data.Interactions);
        Assert.Equal(
            new SortedDictionary<string, long> { [RowFault.Fields] = 2, [RowFault.Value] = 1, [RowFault.Time] = 2, [RowFault.Id] = 1 },
            data.Dropped.ToDictionary());
    }

    [Theory]
    [InlineData("games.txt", "1 10\n1 20\n2 10\n", false)]
    [InlineData("games.tsv", "1\t10\t5\n1\t20\t4\n2\t10\t3\n", false)]
    [InlineData("games.dat", "1::10::5::978300760\n1::20::4::978300761\n2::10::3::978300762\n", true)]
    [InlineData("games.csv", "1,10,978300760\n1,20,978300761\n2,10,978300762\n", true)]
    [InlineData("games.inter", "user_id:token\titem_id:token\ttimestamp:float\n1\t10\t7.0\n1\t20\t8.0\n2\t10\t9.0\n", true)]
    public void A_table_of_another_domain_is_understood_with_or_without_a_header(string name, string text, bool timed)
    {
        var data = Read(Write(name, text));

        Assert.Equal(timed, data.HasClock);
        Assert.Equal([("1", "10"), ("1", "20"), ("2", "10")], data.Interactions.Select(e => (data.UserIds[e.User], data.ItemIds[e.Item])));
    }

    [Fact]
    public void A_compressed_table_is_read_like_a_plain_one()
    {
        var file = Path.Combine(_folder, "events.tsv.gz");
        using (var gzip = new System.IO.Compression.GZipStream(File.Create(file), System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write("user\titem\nu\ti\n"u8);
        }

        Assert.Equal("i", Read(file).ItemIds.Single());
    }

    [Fact]
    public void MovieLens_1M_in_pieces_is_read_in_the_order_of_the_sequences()
    {
        var data = Read(SharedMaterial.Require("data", "movielens-1m"));

        Assert.Equal((6_040, 3_706, 1_000_209), (data.UserIds.Length, data.ItemIds.Length, data.Interactions.Length));
        Assert.False(data.HasClock);
        Assert.Equal("Toy Story (1995)", data.Items[Array.IndexOf(data.ItemIds, "1")].Title);
    }

    [Fact]
    public void Parquet_gives_what_the_text_of_the_same_pairs_gives()
    {
        var folder = SharedMaterial.Require("data", "movielens-1m");
        var options = new DataReadOptions { Columns = new CsvColumns { User = "userID", Item = "movieID" } };

        var data = DataSetReader.Read(Path.Combine(folder, "pairs.parquet"), options, TestContext.Current.CancellationToken);

        Assert.Equal(1_000_209, data.Interactions.Length);
        Assert.Equal("1193", data.ItemIds[0]);
    }

    [Fact]
    public void A_broken_Parquet_file_is_named()
    {
        var file = Write("events.parquet", "PAR1 and no more");

        Assert.Contains(file, Assert.Throws<DataFormatException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_bytes_a_table_holds_reading_ends_with_data_or_a_named_fault()
    {
        var file = Path.Combine(_folder, "fuzz.csv");
        Check.Sample(Tables, text =>
        {
            File.WriteAllText(file, text);
            try
            {
                Assert.NotEmpty(Read(file).Interactions);
            }
            catch (DataFormatException error)
            {
                Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
            }
        }, iter: 3_000, threads: 1, seed: "0000KDXp3Mn1");
    }

    [Theory]
    [InlineData("u.data", "", "is empty")]
    [InlineData("events.csv", "", "is empty")]
    [InlineData("events.csv", "user,item\n", "holds no interactions")]
    [InlineData("events.json", "{}", "is of no layout")]
    public void A_file_without_events_is_named(string name, string text, string reason)
    {
        var file = Write(name, text);

        var error = Assert.Throws<DataFormatException>(() => Read(file));

        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_path_is_named_with_what_is_allowed()
    {
        var path = Path.Combine(_folder, "absent");

        var error = Assert.Throws<DataFormatException>(() => Read(path));

        Assert.StartsWith($"{path}: does not exist", error.Message, StringComparison.Ordinal);
        Assert.Contains("u.data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_two_tables_asks_which_one()
    {
        Write("a.csv", "user,item\n");
        Write("b.csv", "user,item\n");

        Assert.Contains("a.csv, b.csv", Assert.Throws<DataFormatException>(() => Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_depends_on_the_events_and_not_on_the_file()
    {
        var first = Read(Write("a.csv", "user,item,timestamp\nu,i,1\nu,j,2\n")).Fingerprint;

        Assert.Equal(first, Read(Write("b.csv", "item,user,timestamp\nj,u,2\ni,u,1\n")).Fingerprint);
        Assert.NotEqual(first, Read(Write("c.csv", "user,item,timestamp\nu,i,1\nu,j,3\n")).Fingerprint);
    }

    [Theory]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("007", false)]
    [InlineData("-0", false)]
    public void Only_ids_that_print_as_they_were_read_count_as_integers(string id, bool integer)
    {
        Assert.Equal(integer, Read(Write("events.csv", $"user,item\nu,{id}\n")).HasIntegerItemIds);
    }

    private static readonly string[] Pieces =
        ["user", "item", "timestamp", "1", "-7", "NaN", ",", "\t", "\n", "\r\n", "\"", "::", " ", "9999999999999999999", "1e400", "ü", "\0"];

    private static readonly Gen<string> Tables = Gen.Int[0, Pieces.Length - 1].Array[0, 40].Select(parts => string.Concat(parts.Select(at => Pieces[at])));

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static DataSet Read(string path) => DataSetReader.Read(path, new DataReadOptions(), TestContext.Current.CancellationToken);
}
