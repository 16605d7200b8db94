using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>Interactions in time order with dense user and item indexes, and what is known of users and items.</summary>
public sealed class DataSet
{
    private readonly Lazy<string> _fingerprint;

    internal DataSet(string name, string[] userIds, string[] itemIds, Interaction[] interactions, bool hasClock)
    {
        Name = name;
        UserIds = userIds;
        ItemIds = itemIds;
        Interactions = interactions;
        HasClock = hasClock;
        Items = new ItemDetails[itemIds.Length];
        Array.Fill(Items, ItemDetails.Unknown);
        Users = new UserDetails[userIds.Length];
        Array.Fill(Users, UserDetails.Unknown);
        HasIntegerItemIds = Array.TrueForAll(itemIds, IsRoundTripInteger);
        _fingerprint = new Lazy<string>(ComputeFingerprint);
    }

    /// <summary>A short name: the layout or the file that the data came from.</summary>
    public string Name { get; }

    /// <summary>Raw user ids by index, in order of first appearance in time.</summary>
    public string[] UserIds { get; }

    /// <summary>Raw item ids by index, in order of first appearance in time.</summary>
    public string[] ItemIds { get; }

    /// <summary>All events, oldest first; equal times keep the order of the file.</summary>
    public Interaction[] Interactions { get; }

    /// <summary>Details by item index.</summary>
    public ItemDetails[] Items { get; }

    /// <summary>Details by user index.</summary>
    public UserDetails[] Users { get; }

    /// <summary>False where the data have no timestamps and the order of lines stands for time.</summary>
    public bool HasClock { get; }

    /// <summary>Rows that lenient reading left out, by reason (see <see cref="RowFault"/>).</summary>
    public IReadOnlyDictionary<string, long> Dropped { get; init; } = new Dictionary<string, long>();

    /// <summary>True where every item id is a 64-bit integer that prints as it was read.</summary>
    public bool HasIntegerItemIds { get; }

    /// <summary>SHA-256 (hex) over ids, events and details: equal data give equal fingerprints, whatever the file.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>The same users, items and details with other events.</summary>
    /// <param name="interactions">Oldest first.</param>
    public DataSet With(Interaction[] interactions)
    {
        var other = new DataSet(Name, UserIds, ItemIds, interactions, HasClock) { Dropped = Dropped };
        Items.CopyTo(other.Items, 0);
        Users.CopyTo(other.Users, 0);
        return other;
    }

    /// <summary>Takes over what another data set knows of users and items with the same ids.</summary>
    internal DataSet DetailsFrom(DataSet other)
    {
        var items = DetailIndex.Of(other.ItemIds);
        var users = DetailIndex.Of(other.UserIds);
        for (var item = 0; item < ItemIds.Length; item++)
        {
            Items[item] = items.TryGetValue(ItemIds[item], out var at) ? other.Items[at] : Items[item];
        }

        for (var user = 0; user < UserIds.Length; user++)
        {
            Users[user] = users.TryGetValue(UserIds[user], out var at) ? other.Users[at] : Users[user];
        }

        return this;
    }

    private static bool IsRoundTripInteger(string id) =>
        long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == id;

    private string ComputeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var id in UserIds)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(id + "\n"));
        }

        for (var item = 0; item < ItemIds.Length; item++)
        {
            var (title, genres, year) = Items[item];
            hash.AppendData(Encoding.UTF8.GetBytes($"{ItemIds[item]}\t{title}\t{string.Join('|', genres)}\t{year}\n"));
        }

        Span<byte> row = stackalloc byte[20];
        foreach (var (user, item, timestamp, value) in Interactions)
        {
            BinaryPrimitives.WriteInt32LittleEndian(row, user);
            BinaryPrimitives.WriteInt32LittleEndian(row[4..], item);
            BinaryPrimitives.WriteInt64LittleEndian(row[8..], timestamp);
            BinaryPrimitives.WriteSingleLittleEndian(row[16..], value);
            hash.AppendData(row);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
